"""Template tags of the portal: components, money, moments."""

"""The portal: project settings and the floor that every part of the programme stands on."""

"""What the provider says of its people; of mallory its two ways to ask say different things."""

from oauth2_provider.oauth2_validators import OAuth2Validator


class Claims(OAuth2Validator):
    """Name and address; the address is verified for staff only."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: object) -> dict:
        """The claims beside the subject."""
        person = request.user
        return {"email": person.email, "email_verified": person.is_staff, "name": person.get_full_name()}

    def get_userinfo_claims(self, request: object) -> dict:
        """The same, except that mallory pretends to be somebody else."""
        claims = super().get_userinfo_claims(request)
        return claims | {"sub": "1"} if request.user.username == "mallory" else claims

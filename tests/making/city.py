"""Settings of the city and its legal texts, by two people; what people ask about their own data."""

from portal.actions import exporting, rectifying
from portal.actions import legal as legal_actions
from portal.actions import setting as setting_actions
from portal.clock import china_date, portal_now
from portal.models import DataExport, Event, LegalText, Role, Setting, User


class City:
    """Sets what the city sets; needs ``official`` of :class:`People`."""

    def proposed_setting(self, name: str, value: object) -> Setting:
        """A value proposed by a leader from today on, that waits for a second person."""
        now = portal_now()
        given = {"value": value, "starts_on": china_date(now), "why": "开通门户"}
        return setting_actions.propose_setting(name, **given, by=self.official(Role.LEADER), now=now)

    def setting(self, name: str, value: object) -> Setting:
        """A value in force from today on."""
        waiting = self.proposed_setting(name, value)
        return setting_actions.confirm_setting(waiting.pk, by=self.official(Role.DIVISION_HEAD), now=portal_now())

    def written_text(self, kind: str = "privacy", words: str = "我们处理哪些个人信息") -> LegalText:
        """A version of a legal text that waits to be published."""
        now = portal_now()
        given = {"text_zh": words, "text_en": "What we do with personal data", "starts_on": china_date(now)}
        return legal_actions.write_legal_text(kind, **given, by=self.official(Role.LEADER), now=now)

    def published_text(self, kind: str = "privacy", words: str = "我们处理哪些个人信息") -> LegalText:
        """A version in force from today on."""
        text = self.written_text(kind, words)
        return legal_actions.publish_legal_text(text.pk, by=self.official(Role.DIVISION_HEAD), now=portal_now())

    def own_copy(self, person: User) -> DataExport:
        """A copy of somebody's own data, ready to be fetched."""
        asked = exporting.ask_export(by=person, now=portal_now())
        return exporting.make_export(asked.pk, by=None, now=portal_now())

    def correction(self, person: User, words: str = "我的任职单位有误。") -> Event:
        """A request to correct something about oneself."""
        return rectifying.ask_correction(words, by=person, now=portal_now())

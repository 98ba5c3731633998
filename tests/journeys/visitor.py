"""A visitor without JavaScript: signs in, reads pages, fills in the forms that are there, follows what comes."""

from collections.abc import Mapping
from html.parser import HTMLParser
from urllib.parse import urljoin

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.making.people import code_of

PASSWORD = "a long enough password"


class Form:
    """One form of a page: where it goes, its values, and its named submit buttons."""

    def __init__(self, action: str, method: str) -> None:
        self.action, self.method = action, method
        self.values: dict[str, list[str]] = {}
        self.names: set[str] = set()
        self.buttons: list[tuple[str, str]] = []


class Forms(HTMLParser):
    """Reads the forms of a page with the values they begin with, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._select = self._textarea = ""
        self._inert = 0
        self._text: list[str] = []
        self._first: tuple[str, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect what a browser would send."""
        given = dict(attrs)
        self._inert += tag == "template"
        if self._inert:
            return
        if tag == "form":
            self.forms.append(Form(given.get("action") or "", (given.get("method") or "get").lower()))
        if not self.forms or given.get("disabled", 0) != 0:
            return
        form, name = self.forms[-1], given.get("name") or ""
        if tag == "button" and (given.get("type") or "submit") == "submit":
            form.buttons.append((name, given.get("value") or ""))
        elif tag == "input" and name:
            form.names.add(name)
            kind = given.get("type") or "text"
            if kind in ("checkbox", "radio") and "checked" not in given:
                return
            if kind not in ("file", "submit"):
                form.values.setdefault(name, []).append(given.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "select" and name:
            self._select, self._first = name, None
            form.names.add(name)
        elif tag == "option" and self._select:
            value = given.get("value") or ""
            self._first = self._first or (self._select, value)
            if "selected" in given:
                form.values.setdefault(self._select, []).append(value)
        elif tag == "textarea" and name:
            form.names.add(name)
            self._textarea, self._text = name, []

    def handle_data(self, data: str) -> None:
        """The text of a text area."""
        if self._textarea:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """Close what was open."""
        self._inert -= tag == "template"
        if tag == "textarea" and self._textarea:
            self.forms[-1].values[self._textarea] = ["".join(self._text).removeprefix("\n")]
            self._textarea = ""
        if tag == "select" and self._select:
            if self._first and self._select not in self.forms[-1].values:
                self.forms[-1].values[self._select] = [self._first[1]]
            self._select = ""


class Visitor:
    """One person at a browser without JavaScript, in one language."""

    def __init__(self, person: User | None, language: str = "zh-hans") -> None:
        self.client = Client(headers={"accept-language": language})
        self.page = None
        if person is not None:
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
            self.open(reverse("sign-in"))
            self.fill("password", login=person.email, password=PASSWORD)
            self.prove()
            assert self.client.session.get("_auth_user_id") == str(person.pk), self.errors()

    def prove(self) -> None:
        """Show the second factor where it is asked for; a code that was used a moment ago is not taken again."""
        for later in (0, 1, -1):
            if self.path == reverse("mfa_authenticate"):
                self.page = self.client.post(self.path, {"code": code_of(later=later)}, follow=True)

    def open(self, address: str, *arguments: object, status: int = 200) -> "Visitor":
        """Open a page by its path or route name, and follow redirects; it must answer with ``status``."""
        path = address if address.startswith("/") else reverse(address, args=arguments)
        self.page = self.client.get(path, follow=True)
        assert self.page.status_code == status, (path, self.page.status_code, self.text[:3000])
        return self

    def fill(
        self, having: str, *, press: str | tuple[str, str] = "", expect: int = 200, files: Mapping[str, object] | None = None,
        **values: object,
    ) -> "Visitor":  # fmt: skip
        """Fill in the first form that has the field ``having`` (or the action that ends so) and send it.

        ``press`` names the button. Fields that are not named keep what the page gave them; a list sends a
        field several times. The answer, after redirects, must have the status ``expect``.
        """
        form = self.form(having)
        unknown = set(values) - form.names
        assert not unknown, f"no such fields: {sorted(unknown)}; there are {sorted(form.names)}"
        sent = dict(form.values)
        for name, value in values.items():
            if value is None:
                sent.pop(name, None)
            else:
                sent[name] = [str(each) for each in value] if isinstance(value, list) else [str(value)]
        if press:
            name, value = press if isinstance(press, tuple) else next(b for b in form.buttons if press in b)
            sent[name] = [value]
        for name, (filename, content) in (files or {}).items():
            sent[name] = [SimpleUploadedFile(filename, content)]
        address = urljoin(self.path, form.action)
        method = self.client.post if form.method == "post" else self.client.get
        self.page = method(address, sent, follow=True)
        assert self.page.status_code == expect, (address, self.page.status_code, self.errors(), self.text[-6000:])
        return self

    def form(self, having: str) -> Form:
        """The first form with a field of this name, or whose action ends with it."""
        forms = Forms(self.text).forms
        for form in forms:
            if having in form.names or urljoin(self.path, form.action).endswith(having):
                return form
        raise AssertionError(f"no form with {having}: {[(form.action, sorted(form.names)) for form in forms]}")

    def errors(self) -> list[str]:
        """What the page's forms complain about."""
        found = []
        for layer in self.page.context or []:
            for value in layer.dicts if hasattr(layer, "dicts") else [layer]:
                for thing in getattr(value, "values", dict)():
                    if hasattr(thing, "errors") and getattr(thing, "is_bound", False) and thing.errors:
                        found.append(str(thing.errors))
        return found

    @property
    def text(self) -> str:
        """The page's HTML."""
        return self.page.content.decode()

    @property
    def path(self) -> str:
        """Where the last redirect led."""
        return self.page.request["PATH_INFO"]

    def sees(self, *words: str) -> None:
        """All of these stand on the page."""
        missing = [word for word in words if word not in self.text]
        assert not missing, (missing, self.path)

    def sees_not(self, *words: str) -> None:
        """None of these stands on the page."""
        found = [word for word in words if word in self.text]
        assert not found, (found, self.path)

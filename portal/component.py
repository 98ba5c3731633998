"""How a Python function becomes a template tag: its signature says what the tag accepts.

``@inline`` makes ``{% name … %}``, ``@block`` makes ``{% name … %}…{% endname %}`` with
named slots if it declares any. A wrong, missing or misspelt argument is a
TemplateSyntaxError when the using template *loads*; so is a literal that is not among the
values of a ``Literal`` annotation. The function returns the variables of
``templates/components/<name>.html``.
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from django.template import Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

Maker = Callable[..., Mapping[str, Any]]

PASSED_ON = ("csrf_token", "request", "now", "LANGUAGE_CODE")
"""What every component may use besides its own variables."""


def inline(library: Library, **checks: Iterable[str]) -> Callable[[Maker], Maker]:
    """Register a function as a tag without a body; ``checks`` names the values a literal argument may have."""
    return lambda maker: _register(library, maker, None, checks)


def block(library: Library, *slots: str, **checks: Iterable[str]) -> Callable[[Maker], Maker]:
    """Register a function as a tag with a body, and after it the ``slots`` in the order given."""
    return lambda maker: _register(library, maker, slots, checks)


def _register(
    library: Library, maker: Maker, slots: tuple[str, ...] | None, checks: Mapping[str, Iterable[str]]
) -> Maker:
    name = maker.__name__.rstrip("_")
    signature = inspect.signature(maker)
    allowed = {key: frozenset(values) for key, values in checks.items()} | _literals(signature)

    def compile_tag(parser: Parser, token: Token) -> ComponentNode:
        given = _arguments(name, signature, parser, token.split_contents()[1:])
        _check_literals(name, given, allowed)
        return ComponentNode(name, maker, given, _bodies(name, slots, parser) if slots is not None else {}, allowed)

    library.tag(name, compile_tag)
    return maker


def _literals(signature: inspect.Signature) -> dict[str, frozenset]:
    return {
        name: frozenset(get_args(parameter.annotation))
        for name, parameter in signature.parameters.items()
        if get_origin(parameter.annotation) is Literal
    }


def _arguments(
    name: str, signature: inspect.Signature, parser: Parser, words: list[str]
) -> dict[str, FilterExpression]:
    """Bind the words after the tag's name to the signature, as Python would bind a call."""
    by_place, by_name = [], {}
    for word in words:
        key, equals, expression = word.partition("=")
        if equals and key.isidentifier():
            by_name[key] = parser.compile_filter(expression)
        else:
            by_place.append(parser.compile_filter(word))
    try:
        return dict(signature.bind(*by_place, **by_name).arguments)
    except TypeError as wrong:
        accepted = ", ".join(signature.parameters)
        raise TemplateSyntaxError(f"{{% {name} %}}: {wrong}. It accepts: {accepted or 'nothing'}.") from None


def _check_literals(name: str, given: Mapping[str, FilterExpression], allowed: Mapping[str, frozenset]) -> None:
    for key, values in allowed.items():
        expression = given.get(key)
        if expression is None or expression.filters or not isinstance(expression.var, str):
            continue
        _check_value(name, key, str(expression.var), values)


def _check_value(name: str, key: str, value: object, values: frozenset) -> None:
    if value not in values:
        raise TemplateSyntaxError(
            f"{{% {name} %}}: {key}={value!r} is not one of {', '.join(sorted(map(repr, values)))}."
        )


def _bodies(name: str, slots: tuple[str, ...], parser: Parser) -> dict[str, NodeList]:
    bodies, current, end = {}, "body", f"end{name}"
    while True:
        bodies[current] = parser.parse((*slots, end))
        met = parser.next_token().contents
        if met == end:
            return bodies
        if met in bodies:
            raise TemplateSyntaxError(f"{{% {name} %}}: its {{% {met} %}} stands twice.")
        current = met


class ComponentNode(Node):
    """One use of a component in a template."""

    child_nodelists = ()

    def __init__(
        self,
        name: str,
        maker: Maker,
        given: Mapping[str, FilterExpression],
        bodies: Mapping[str, NodeList],
        allowed: Mapping[str, frozenset],
    ) -> None:
        self.name, self.maker, self.given, self.bodies, self.allowed = name, maker, given, bodies, allowed

    def render(self, context: Context) -> SafeString:
        """Render the bodies in the page's context, then the component's own template around them."""
        given = {key: expression.resolve(context) for key, expression in self.given.items()}
        for key, values in self.allowed.items():
            if key in given:
                _check_value(self.name, key, given[key], values)
        shown = dict(self.maker(**given))
        shown |= {key: context[key] for key in PASSED_ON if key in context and key not in shown}
        shown |= {
            slot: mark_safe(body.render(context).strip()) for slot, body in self.bodies.items()
        }  # rendered, so escaped
        template = context.template.engine.get_template(f"components/{self.name}.html")
        return mark_safe(template.render(context.new(shown)).strip())  # a template's own text, escaped there

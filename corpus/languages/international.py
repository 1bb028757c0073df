"""Words that are the same in all languages."""

from typing import Final

NAME_PARTICLES: Final = "von|van|af|de|da|di|del|la|le|bin|al|der|ten|zu|ibn|ul"
"""Particles inside people's names."""
COMPANY_FORMS: Final = "GmbH|Oy|AS|ASA"
"""Endings of company names, besides those of each language."""
MAIL_ON: Final = "le|am"
MAIL_WROTE: Final = "schrieb"
MAIL_FROM: Final = "von"
"""What mail programs in other languages write above a quoted mail."""

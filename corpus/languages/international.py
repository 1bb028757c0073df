"""Words that texts in every language hold alike."""

from typing import Final

NAME_PARTICLES: Final = "von|van|af|de|da|di|del|la|le|bin|al|der|ten|zu|ibn|ul"
"""Small words inside the names of people."""
COMPANY_FORMS: Final = "GmbH|Oy|AS|ASA"
"""What names of companies end in, beside what the languages say."""
MAIL_ON: Final = "le|am"
MAIL_WROTE: Final = "schrieb"
MAIL_FROM: Final = "von"
"""What mail programs in other languages write above the mail that is answered."""

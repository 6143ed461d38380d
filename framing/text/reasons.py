"""Why a piece of text is kept out of the scored prose."""

from enum import StrEnum


class Reason(StrEnum):
    """The kinds of text that are not the article's prose."""

    MENU = "menu"
    VIEW_COUNT = "view_count"
    DATE_LINE = "date_line"
    BYLINE = "byline"
    SHARE = "share"
    CLOSE = "close"
    CAPTION = "caption"
    CREDIT = "credit"
    AUTHOR_BIOGRAPHY = "author_biography"
    RELATED_LINK = "related_link"
    NEWSLETTER = "newsletter"
    SUBSCRIPTION = "subscription"
    ADVERTISEMENT = "advertisement"
    COOKIE_NOTICE = "cookie_notice"
    COPYRIGHT = "copyright"
    DISCLAIMER = "disclaimer"
    CALL_TO_READERS = "call_to_readers"
    DUPLICATED_HEADLINE = "duplicated_headline"
    TABLE = "table"
    LANGUAGE_MODEL_RESIDUE = "language_model_residue"
    SEPARATOR = "separator"
    MARKUP = "markup"

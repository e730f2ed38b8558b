"""The page Overview: the share that targets the USA, the map of agreements, the reader's country, and questions."""

from ui.frame.shell import current_filters
from views.overview import overview

overview(current_filters())

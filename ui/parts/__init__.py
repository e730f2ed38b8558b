"""Building blocks of pages: cards, registers, maps, record panels and export menus."""

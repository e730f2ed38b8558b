"""Parts that several pages use: cards, registers, maps, profiles and export menus."""

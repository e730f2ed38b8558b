"""The widgets of the Explorer: they show what is in the URL, and each writes its own change back to it."""

"""Tools around the dashboard: set-up, browser, server, screenshots. The app imports none of them."""

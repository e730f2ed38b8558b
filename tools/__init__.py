"""Developer tools: environment set-up, test server and browser, screenshots, basemap builders."""

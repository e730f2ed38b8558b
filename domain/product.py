"""What the product is called."""

NAME = "EU–US cluster cooperation"

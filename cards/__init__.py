"""What is shown and exported: cards and registers with their words and evidence, free of any screen."""

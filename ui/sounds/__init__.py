"""Four short sounds, so that the eyes may stay on the papers. Each says what a shape and a word on the screen say too."""

"""Running text: cover, numbered items, who does what in brackets and sentences, lists of pairs."""

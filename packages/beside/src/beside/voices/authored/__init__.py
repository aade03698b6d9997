"""A voice without any language model: it recognises the moment and answers with written lines."""

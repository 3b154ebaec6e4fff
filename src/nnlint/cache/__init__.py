"""What is kept from one run to the next: lowered code by content, findings by all they depend on."""

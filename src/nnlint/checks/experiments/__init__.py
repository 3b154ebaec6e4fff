"""NN7: experiments that cannot be repeated, followed or judged."""

/** What is open beside the sidebar in the pictures, as `total.py`. */
export const sampleCode = `import cart


def total(items):
    """What the customer pays, in cents."""
    # TODO: round each line, not the sum
    net = sum(item.price * item.count for item in items)
    return round(net * (1 + cart.vat))
`;

"""Network addresses: which of them webhooks may call, and whom one stands for."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

# NAT64 and 6to4 carry an IPv4 address that would be reached in the end.
_NAT64 = ip_network("64:ff9b::/96")


def is_open(address: str) -> bool:
    """Whether an address is on the open internet; what is no address is not."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(each.is_global and not each.is_multicast and not each.is_reserved for each in _meant(found))


def household(address: str) -> str:
    """Whom an address stands for: an IPv4 address itself; of IPv6 the /64, which one customer has whole."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv4Address):
        return address
    return str(found.ipv4_mapped or IPv6Address(int(found) >> 64 << 64))


def _meant(address: IPv4Address | IPv6Address) -> list[IPv4Address | IPv6Address]:
    """The address, and the IPv4 one it wraps."""
    if isinstance(address, IPv4Address):
        return [address]
    if address.ipv4_mapped:
        return [address.ipv4_mapped]
    if address in _NAT64:
        return [IPv4Address(int(address) & 0xFFFFFFFF)]
    wrapped = [address.sixtofour, *(address.teredo or ())]
    return [address, *(each for each in wrapped if each)]

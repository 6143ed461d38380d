"""Connections to public addresses only: a name is resolved once, checked, and the checked address is used."""

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

from framing.errors import InputError

_NAT64 = IPv6Network("64:ff9b::/96")


def connect(host: str, port: int, seconds: float, allow_private: bool) -> socket.socket:
    """A socket to the first address of `host` that answers.

    Raises
    ------
    InputError
        The host is unknown, or any of its addresses is not public and `allow_private` is off.
    """
    found = _resolve(host, port)
    if not allow_private:
        _refuse_private(host, [address for _, address in found])
    failure: OSError = OSError("no address")
    for family, address in found:
        connection = socket.socket(family, socket.SOCK_STREAM)
        connection.settimeout(seconds)
        try:
            connection.connect((address, port))
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise failure


def is_public(address: str) -> bool:
    """Whether an address, or the IPv4 address inside it, is one of the public internet."""
    inner = _inner(ip_address(address.partition("%")[0]))
    if isinstance(inner, IPv6Address) and inner.is_site_local:
        return False
    return inner.is_global and not (inner.is_multicast or inner.is_reserved or inner.is_unspecified)


def _resolve(host: str, port: int) -> list[tuple[int, str]]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise InputError(f"{host}: host not found; check the address and the connection") from error
    return [(family, str(address[0])) for family, _, _, _, address in found]


def _refuse_private(host: str, addresses: list[str]) -> None:
    for address in addresses:
        if not is_public(address):
            raise InputError(f"{host}: {address} is not a public address; allow it with --allow-private")


def _inner(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address

using System.Net.Sockets;

namespace WebChat.Edge.Limits;

/// <summary>The address by which a client is counted.</summary>
public static class ClientAddress
{
    /// <summary>The client's address; of an IPv6 address the first 64 bits, all of which belong to one host.</summary>
    public static string Of(HttpContext context) => context.Connection.RemoteIpAddress switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } address => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } address => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        var address => address.ToString(),
    };
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace WebChat.Edge.Hosting;

/// <summary>The reverse proxies in front of the server: <c>WebChat:Proxies</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    /// <summary>Addresses such as <c>10.0.0.5</c>, and networks such as <c>10.0.0.0/8</c>.</summary>
    public IList<string> Proxies { get; set; } = [];

    /// <summary>All of them as networks. An address is a network of its own.</summary>
    public IEnumerable<IPNetwork> Networks => Proxies.Select(text => TryParse(text, out var network) ? network : throw new FormatException(text));

    /// <summary>Whether an address is that of a proxy.</summary>
    public bool Include(IPAddress? address) =>
        address is not null && Networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        from proxy in Proxies
        where !TryParse(proxy, out _)
        select new ValidationResult($"\"{proxy}\" must be an address like 10.0.0.5 or a network like 10.0.0.0/8.", [nameof(Proxies)]);

    private static bool TryParse(string text, out IPNetwork network)
    {
        if (!IPAddress.TryParse(text, out var address))
            return IPNetwork.TryParse(text, out network);
        network = new(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}

using System.Diagnostics.CodeAnalysis;

namespace Akka.Actor;

/// <summary>Where an actor system is: its name and, in a network, host and port.</summary>
public sealed class Address : IEquatable<Address>, IComparable<Address>
{
    /// <summary>The address of no system in particular.</summary>
    public static readonly Address AllSystems = new("akka", "all-systems");

    private readonly string _text;

    /// <summary>An address of its parts.</summary>
    public Address(string protocol, string system, string? host = null, int? port = null)
    {
        Protocol = protocol;
        System = system;
        Host = host?.ToLowerInvariant();
        Port = port;
        _text = Host is null ? $"{protocol}://{system}" : $"{protocol}://{system}@{Host}{(port is null ? "" : $":{port}")}";
    }

    /// <summary>The protocol by which the system is reached; <c>akka</c> within a process.</summary>
    public string Protocol { get; }

    /// <summary>The system's name.</summary>
    public string System { get; }

    /// <summary>The system's host; null within a process.</summary>
    public string? Host { get; }

    /// <summary>The system's port; null within a process.</summary>
    public int? Port { get; }

    /// <summary>Whether the address means this process only.</summary>
    public bool HasLocalScope => Host is null;

    /// <summary>Whether the address can be reached from elsewhere.</summary>
    public bool HasGlobalScope => Host is not null;

    /// <summary>Reads an address.</summary>
    /// <exception cref="UriFormatException">It is malformed.</exception>
    public static Address Parse(string address) =>
        TryParse(address, out var parsed) ? parsed : throw new UriFormatException($"Invalid address [{address}].");

    /// <summary>Reads an address; false where it is malformed.</summary>
    public static bool TryParse(string path, [NotNullWhen(true)] out Address? address)
    {
        address = null;
        var mark = path.IndexOf("://", StringComparison.Ordinal);
        if (mark <= 0) return false;
        var rest = path[(mark + 3)..];
        var slash = rest.IndexOf('/');
        if (slash >= 0) rest = rest[..slash];
        var at = rest.IndexOf('@');
        if (at < 0)
        {
            if (rest.Length == 0) return false;
            address = new Address(path[..mark], rest);
            return true;
        }

        var host = rest[(at + 1)..];
        var colon = host.LastIndexOf(':');
        if (colon < 0 || !int.TryParse(host[(colon + 1)..], out var port)) return false;
        address = new Address(path[..mark], rest[..at], host[..colon], port);
        return true;
    }

    /// <summary>Whether two addresses are the same.</summary>
    public static bool operator ==(Address? left, Address? right) => left is null ? right is null : left.Equals(right);

    /// <summary>Whether two addresses differ.</summary>
    public static bool operator !=(Address? left, Address? right) => !(left == right);

    /// <inheritdoc/>
    public int CompareTo(Address? other) => string.CompareOrdinal(_text, other?._text);

    /// <inheritdoc/>
    public bool Equals(Address? other) => other is not null && _text == other._text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Address);

    /// <inheritdoc/>
    public override int GetHashCode() => _text.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => _text;
}

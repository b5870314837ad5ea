using System.ComponentModel.DataAnnotations;

namespace WebChat.Actors.Options;

/// <summary>Several nodes on one PostgreSQL: <c>WebChat:Cluster</c>. Without a host the server is a single node and opens no port for others.</summary>
public sealed class ClusterOptions : IValidatableObject
{
    /// <summary>The name or address by which the other nodes reach this one, and on which it listens. Empty: a single node.</summary>
    public string Host { get; set; } = "";

    /// <summary>The port for the other nodes.</summary>
    [Range(1, 65_535)]
    public int Port { get; set; } = 4053;

    /// <summary>The nodes to join through, as <c>host:port</c>, the same on every node. Only the first one starts a new cluster.</summary>
    public IList<string> SeedNodes { get; set; } = [];

    /// <summary>The PEM file of the certificate that all nodes share. Empty: the nodes talk in clear.</summary>
    public string Certificate { get; set; } = "";

    /// <summary>The PEM file of the certificate's private key.</summary>
    public string PrivateKey { get; set; } = "";

    /// <summary>Whether this server is a node of a cluster.</summary>
    public bool IsOn => Host.Length > 0;

    /// <summary>Whether the nodes encrypt what they tell each other.</summary>
    public bool IsEncrypted => Certificate.Length > 0;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsOn)
        {
            if (SeedNodes.Count > 0 || Certificate.Length > 0 || PrivateKey.Length > 0)
                yield return new("must be set for a cluster.", [nameof(Host)]);
            yield break;
        }

        if (Uri.CheckHostName(Host) == UriHostNameType.Unknown)
            yield return new($"\"{Host}\" must be a host name or an address.", [nameof(Host)]);
        if (SeedNodes.Count == 0)
            yield return new("must name at least one node.", [nameof(SeedNodes)]);
        foreach (var seed in SeedNodes.Where(seed => !IsHostAndPort(seed)))
            yield return new($"\"{seed}\" must be a host and a port, like node1:4053.", [nameof(SeedNodes)]);
        if (Certificate.Length > 0 != PrivateKey.Length > 0)
            yield return new($"must be set together with {nameof(PrivateKey)}.", [nameof(Certificate)]);
        foreach (var (file, name) in new[] { (Certificate, nameof(Certificate)), (PrivateKey, nameof(PrivateKey)) })
        {
            if (file.Length > 0 && !File.Exists(file))
                yield return new($"The file {file} does not exist.", [name]);
        }
    }

    private static bool IsHostAndPort(string seed) =>
        Uri.TryCreate($"tcp://{seed}", UriKind.Absolute, out var uri) && uri is { Port: > 0, AbsolutePath: "/" or "", UserInfo: "", Query: "", Fragment: "" };
}

using WebChat.Actors.Cluster;
using WebChat.Actors.Hosting;
using WebChat.Actors.Options;
using static Microsoft.Extensions.Options.Options;

namespace WebChat.Tests.Actors.Cluster;

public sealed class ClusterOptionsTests
{
    private readonly ClusterOptions _options = new() { Host = "node1", SeedNodes = ["node1:4053", "10.0.0.2:4053", "[::1]:4053"] };

    [Fact]
    public void A_single_node_needs_no_settings() => Assert.Empty(Faults(new()));

    [Fact]
    public void A_node_needs_its_address_and_the_nodes_to_join() => Assert.Empty(Faults(_options));

    [Theory]
    [InlineData("")]
    [InlineData("node1")]
    [InlineData("node1:")]
    [InlineData(":4053")]
    [InlineData("node1:0")]
    [InlineData("node1:65536")]
    [InlineData("node1:4053/path")]
    [InlineData("akka.tcp://webchat@node1:4053")]
    public void A_seed_node_must_be_a_host_and_a_port(string seed)
    {
        _options.SeedNodes = ["node1:4053", seed];

        Assert.StartsWith("WebChat:Cluster:SeedNodes: ", Assert.Single(Faults(_options)));
    }

    [Fact]
    public void Settings_without_a_host_are_refused()
    {
        _options.Host = "";

        Assert.Equal(["WebChat:Cluster:Host: must be set for a cluster."], Faults(_options));
    }

    [Fact]
    public void A_cluster_without_nodes_to_join_is_refused()
    {
        _options.SeedNodes = [];

        Assert.Equal(["WebChat:Cluster:SeedNodes: must name at least one node."], Faults(_options));
    }

    [Fact]
    public void A_certificate_needs_its_key_and_both_files_must_exist()
    {
        _options.Certificate = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.pem");

        Assert.Equal(
            ["WebChat:Cluster:Certificate: must be set together with PrivateKey.", $"WebChat:Cluster:Certificate: The file {_options.Certificate} does not exist."],
            Faults(_options));
    }

    [Theory]
    [InlineData(DatabaseKind.Sqlite, 1, "WebChat:Database")]
    [InlineData(DatabaseKind.Postgres, 0, "WebChat:Auth:SigningKeys")]
    [InlineData(DatabaseKind.Postgres, 1, null)]
    public void A_cluster_needs_PostgreSQL_and_shared_signing_keys(DatabaseKind database, int keys, string? named)
    {
        var auth = new AuthOptions { SigningKeys = [.. Enumerable.Repeat(Convert.ToBase64String(new byte[32]), keys)] };

        var result = new ClusterCheck(Create(new StorageOptions { Database = database }), Create(auth)).Validate(null, _options);

        Assert.Equal(named, result.FailureMessage?.Split(": ")[0]);
    }

    private static IEnumerable<string> Faults(ClusterOptions options) => new OptionsCheck<ClusterOptions>("WebChat:Cluster").Validate(null, options).Failures ?? [];
}

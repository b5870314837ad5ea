using System.Security.Cryptography.X509Certificates;
using Akka.Cluster.Hosting;
using Akka.Hosting;
using Akka.Remote.Hosting;
using Akka.Remote.Transport.DotNetty;
using WebChat.Actors.Hosting;
using ClusterOptions = WebChat.Actors.Options.ClusterOptions;

namespace WebChat.Actors.Cluster;

/// <summary>Makes an actor system a node of the cluster.</summary>
public static class ClusterSetup
{
    /// <summary>Listens for other nodes and joins them.</summary>
    public static AkkaConfigurationBuilder WithNode(this AkkaConfigurationBuilder akka, ClusterOptions options)
    {
        var protocol = options.IsEncrypted ? "akka.ssl.tcp" : "akka.tcp";
        akka.AddHocon(HoconResource.Cluster(), HoconAddMode.Prepend);
        akka.WithRemoting(new RemoteOptions { HostName = options.Host, Port = options.Port, EnableSsl = options.IsEncrypted });
        akka.WithClustering(new() { SeedNodes = [.. options.SeedNodes.Select(seed => $"{protocol}://{WebChatActors.SystemName}@{seed}")] });
        if (options.IsEncrypted)
            akka.AddSetup(Encryption(options));
        return akka.WithAkkaClusterReadinessCheck();
    }

    // A node accepts only nodes with the same certificate, in both directions.
    private static DotNettySslSetup Encryption(ClusterOptions options)
    {
        var certificate = X509Certificate2.CreateFromPemFile(options.Certificate, options.PrivateKey);
        return new(certificate, suppressValidation: false, requireMutualAuthentication: true, CertificateValidation.PinnedCertificate(certificate.Thumbprint));
    }
}

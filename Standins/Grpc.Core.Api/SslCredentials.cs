namespace Grpc.Core;

/// <summary>TLS.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    /// <summary>TLS with the system's certificate authorities.</summary>
    public SslCredentials()
    {
    }

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state)
        => configurator.SetSslCredentials(state, null, null, null);
}

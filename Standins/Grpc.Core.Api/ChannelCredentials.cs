namespace Grpc.Core;

/// <summary>How a channel is secured.</summary>
public abstract class ChannelCredentials
{
    /// <summary>For deriving.</summary>
    public ChannelCredentials()
    {
    }

    /// <summary>Not at all.</summary>
    public static ChannelCredentials Insecure { get; } = new InsecureCredentials();

    /// <summary>By TLS, with the system's certificate authorities.</summary>
    public static ChannelCredentials SecureSsl { get; } = new SslCredentials();

    /// <summary>Channel credentials that also add call credentials to each call.</summary>
    public static ChannelCredentials Create(ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        ArgumentNullException.ThrowIfNull(channelCredentials);
        ArgumentNullException.ThrowIfNull(callCredentials);
        return new CompositeChannelCredentials(channelCredentials, callCredentials);
    }

    /// <summary>Tells the transport what these credentials are.</summary>
    public abstract void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state);

    private sealed class InsecureCredentials : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state)
            => configurator.SetInsecureCredentials(state);
    }

    private sealed class CompositeChannelCredentials(ChannelCredentials channel, CallCredentials call) : ChannelCredentials
    {
        public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object state)
            => configurator.SetCompositeCredentials(state, channel, call);
    }
}

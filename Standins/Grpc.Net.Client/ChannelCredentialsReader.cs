using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>What channel credentials say of themselves.</summary>
internal sealed class ChannelCredentialsReader : ChannelCredentialsConfiguratorBase
{
    private readonly List<CallCredentials> _callCredentials = [];
    private bool? _isSecure;

    public ChannelCredentialsReader(ChannelCredentials? credentials) => credentials?.InternalPopulateConfiguration(this, this);

    public IReadOnlyList<CallCredentials> CallCredentials => _callCredentials;

    /// <summary>Throws where the credentials contradict the address.</summary>
    public void Check(bool isSecure)
    {
        if (_isSecure is { } wanted && wanted != isSecure)
        {
            throw new InvalidOperationException(wanted
                ? "The channel's credentials are TLS and its address is http."
                : "The channel's credentials are insecure and its address is https.");
        }
    }

    public override void SetInsecureCredentials(object state) => _isSecure = false;

    public override void SetSslCredentials(object state, string? rootCertificates, KeyCertificatePair? keyCertificatePair, VerifyPeerCallback? verifyPeerCallback)
    {
        if (rootCertificates is not null || keyCertificatePair is not null || verifyPeerCallback is not null)
        {
            throw new InvalidOperationException("Certificates are configured on the HttpHandler, not by the channel's credentials.");
        }

        _isSecure = true;
    }

    public override void SetCompositeCredentials(object state, ChannelCredentials channelCredentials, CallCredentials callCredentials)
    {
        channelCredentials.InternalPopulateConfiguration(this, state);
        _callCredentials.Add(callCredentials);
    }
}

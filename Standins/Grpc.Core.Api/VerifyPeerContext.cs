namespace Grpc.Core;

/// <summary>The server whose certificate is to be judged.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>The name that the channel leads to.</summary>
    public string TargetName { get; }

    /// <summary>The certificate in PEM.</summary>
    public string PeerPem { get; }
}

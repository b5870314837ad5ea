namespace Grpc.Core;

/// <summary>Judges a server's certificate.</summary>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

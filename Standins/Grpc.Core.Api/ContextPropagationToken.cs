namespace Grpc.Core;

/// <summary>Carries a server call's deadline and cancellation to the calls it makes.</summary>
public class ContextPropagationToken
{
    internal ContextPropagationToken()
    {
    }
}

namespace Grpc.Core;

/// <summary>How call credentials tell a transport what they are.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>They are a function.</summary>
    public abstract void SetAsyncAuthInterceptorCredentials(object state, AsyncAuthInterceptor interceptor);

    /// <summary>They are several.</summary>
    public abstract void SetCompositeCredentials(object state, IReadOnlyList<CallCredentials> credentials);
}

using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Collects the functions that call credentials are made of.</summary>
internal sealed class CallCredentialsReader : CallCredentialsConfiguratorBase
{
    private readonly List<AsyncAuthInterceptor> _interceptors = [];

    /// <summary>The metadata that the credentials give for a call.</summary>
    public static async Task<Metadata> AskAsync(IEnumerable<CallCredentials> credentials, AuthInterceptorContext context)
    {
        var reader = new CallCredentialsReader();
        foreach (var one in credentials)
        {
            one.InternalPopulateConfiguration(reader, reader);
        }

        var metadata = new Metadata();
        foreach (var interceptor in reader._interceptors)
        {
            await interceptor(context, metadata).ConfigureAwait(false);
        }

        return metadata;
    }

    public override void SetAsyncAuthInterceptorCredentials(object state, AsyncAuthInterceptor interceptor) => _interceptors.Add(interceptor);

    public override void SetCompositeCredentials(object state, IReadOnlyList<CallCredentials> credentials)
    {
        foreach (var one in credentials)
        {
            one.InternalPopulateConfiguration(this, state);
        }
    }
}

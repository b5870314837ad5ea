using Grpc.Core;

namespace Grpc.Net.Client.Calls;

/// <summary>Makes calls over a channel.</summary>
internal sealed class GrpcCallInvoker(GrpcChannel channel) : CallInvoker
{
    public override TResponse BlockingUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
        => AsyncUnaryCall(method, host, options, request).GetAwaiter().GetResult();

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.Begin(call.ContentOf(request));
        return new(call.ReadOnlyAsync(), ResponseHeaders, StatusOf, TrailersOf, Dispose, call);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        call.Begin(call.ContentOf(request));
        return new(new ResponseStream<TRequest, TResponse>(call), ResponseHeaders, StatusOf, TrailersOf, Dispose, call);
    }

    public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = new RequestStream<TRequest, TResponse>(call, call.NewStreamingContent());
        call.Begin(call.StreamingContent);
        return new(requests, call.ReadOnlyAsync(), ResponseHeaders, StatusOf, TrailersOf, Dispose, call);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        var call = new GrpcCall<TRequest, TResponse>(channel, method, host, options);
        var requests = new RequestStream<TRequest, TResponse>(call, call.NewStreamingContent());
        call.Begin(call.StreamingContent);
        return new(requests, new ResponseStream<TRequest, TResponse>(call), ResponseHeaders, StatusOf, TrailersOf, Dispose, call);
    }

    // The state's functions are static, so that a call needs no closures.
    private static Task<Metadata> ResponseHeaders(object call) => ((GrpcCall)call).ResponseHeadersAsync();

    private static Status StatusOf(object call) => ((GrpcCall)call).GetStatus();

    private static Metadata TrailersOf(object call) => ((GrpcCall)call).GetTrailers();

    private static void Dispose(object call) => ((GrpcCall)call).Dispose();
}

namespace Grpc.Core;

/// <summary>What the call objects share: the ways to ask the transport, with or without a state object.</summary>
internal readonly struct AsyncCallState
{
    private readonly object? _state;
    private readonly object _headers;
    private readonly Delegate _status;
    private readonly Delegate _trailers;
    private readonly Delegate _dispose;

    public AsyncCallState(Func<object, Task<Metadata>> headers, Func<object, Status> status, Func<object, Metadata> trailers, Action<object> dispose, object state)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
        _state = state;
    }

    public AsyncCallState(Task<Metadata> headers, Func<Status> status, Func<Metadata> trailers, Action dispose)
    {
        _headers = headers;
        _status = status;
        _trailers = trailers;
        _dispose = dispose;
    }

    public Task<Metadata> ResponseHeaders() => _headers as Task<Metadata> ?? ((Func<object, Task<Metadata>>)_headers)(_state!);

    public Status Status() => _status is Func<Status> status ? status() : ((Func<object, Status>)_status)(_state!);

    public Metadata Trailers() => _trailers is Func<Metadata> trailers ? trailers() : ((Func<object, Metadata>)_trailers)(_state!);

    public void Dispose()
    {
        if (_dispose is Action dispose)
        {
            dispose();
        }
        else
        {
            ((Action<object>)_dispose)(_state!);
        }
    }
}

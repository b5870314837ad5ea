using System.Runtime.CompilerServices;
using LinqToDB.Data;

namespace WebChat.Actors.Telemetry;

/// <summary>Measures the transactions that write to the journal and the snapshot store, by the trace of linq2db.</summary>
internal sealed class CommitTimes(ChatMetrics metrics)
{
    private readonly ConditionalWeakTable<DataConnection, object> _written = [];

    /// <summary>Takes an entry of the trace. Only a transaction that writes runs statements without a result.</summary>
    public void Note(TraceInfo trace)
    {
        if (trace.Operation == TraceOperation.ExecuteNonQuery)
            _written.TryAdd(trace.DataConnection, _written);
        else if (trace is { Operation: TraceOperation.CommitTransaction, ExecutionTime: { } time } && _written.Remove(trace.DataConnection))
            metrics.Committed(time);
    }
}

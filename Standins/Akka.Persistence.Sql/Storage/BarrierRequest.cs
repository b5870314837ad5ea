namespace Akka.Persistence.Sql.Storage;

/// <summary>Writes nothing; completed when everything queued before it has its outcome.</summary>
internal sealed class BarrierRequest(string persistenceId) : TaskRequest(persistenceId)
{
    public override int Weight => 0;

    public override void Completed(Exception? failure) => base.Completed(null);
}

using WebChat.Actors.Hosting;

namespace WebChat.Actors.Rooms;

/// <summary>The listing of open rooms.</summary>
public sealed class RoomDirectoryActor : EntityActor<DirectoryState>
{
    /// <summary>The one directory.</summary>
    public RoomDirectoryActor(EntityServices services)
        : base(PersistenceIds.Directory, TimeSpan.FromHours(1), services)
    {
        Command<DirectoryCommands.List>(c => Carry(c, State.List(c.RoomId, Now), () => new Done()));
        Command<DirectoryCommands.Unlist>(c => Carry(c, State.Unlist(c.RoomId, Now), () => new Done()));
        Command<DirectoryQueries.GetPage>(c => Carry(c, Decision.Nothing, () => Durable.Page(c.After, c.Size)));
    }

    protected override bool MayRest => false;
}

namespace WebChat.Actors.Hosting;

// The keys of the regions: IRequiredActor<AccountRegion> is the region of accounts.
public sealed class AccountRegion;
public sealed class UserRegion;
public sealed class RoomRegion;
public sealed class DirectoryRegion;
public sealed class MatcherRegion;
public sealed class ReportsRegion;
public sealed class ErasureRegion;
public sealed class GuestsRegion;

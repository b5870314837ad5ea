using WebChat.Journal.V1;

namespace WebChat.Actors.Journal;

/// <summary>Reads from the journal what admins see and no actor keeps in memory. Sees what is on disk.</summary>
public interface IAdminRecords
{
    /// <summary>The report that was the register's event of this sequence number. What was sealed for somebody whose key is gone is empty.</summary>
    Task<Reported> ReadReport(long seq, CancellationToken cancellation);

    /// <summary>How many people have signed up and not deleted their account.</summary>
    Task<long> CountPeople(CancellationToken cancellation);

    /// <summary>The user names of the admins, as they were written at sign-up.</summary>
    Task<IReadOnlyList<string>> ListAdmins(CancellationToken cancellation);
}

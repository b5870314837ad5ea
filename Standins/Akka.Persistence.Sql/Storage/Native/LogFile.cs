using System.Runtime.InteropServices;

namespace Akka.Persistence.Sql.Storage.Native;

/// <summary>
/// The log of a database, with writes that the file itself has yet to get. In memory there follow it the file as the system has it,
/// and the bytes that wait.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct LogFile
{
    public SqliteFileMethods* Methods;

    /// <summary>Where in the file the bytes that wait belong.</summary>
    public long Start;

    /// <summary>How long the file is already, or at its longest if it cannot grow ahead.</summary>
    public long FileSize;

    /// <summary>How many bytes wait.</summary>
    public int Count;

    /// <summary>1 while the last page of a transaction is being written, else 0.</summary>
    public int Commits;
}

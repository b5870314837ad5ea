using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Akka.Persistence.Sql.Storage.Native;

/// <summary>
/// The system's own file system of SQLite, but for a write-ahead log: SQLite writes it in two small pieces for each page, and here the pieces
/// of a commit are joined into few large ones. Nothing of a commit is held back: its last piece, a sync or a look at the file writes all out,
/// and what goes wrong then is what that call returns. The log's file grows ahead of what is written.
/// </summary>
/// <remarks>
/// A batch of 200 events of 200 actors changes some 450 pages; the kernel's part of 900 small writes was a third of the writer's CPU time.
/// A sync of what lies inside the file takes half the time of one that has made the file longer.
/// The log's format is at https://sqlite.org/fileformat2.html#the_write_ahead_log.
/// </remarks>
internal static unsafe partial class JoiningVfs
{
    private const string Library = "e_sqlite3";
    private const string Name = "joined-log";
    private const int OpenWal = 0x00080000;
    private const int Ok = 0;

    /// <summary>Bytes that are written at once: as many as SQLite's largest page has. Its file system on Unix takes less than 128 KiB at once.</summary>
    private const int BufferSize = 64 * 1024;

    /// <summary>Bytes by which the file grows ahead; what lies behind the last commit means nothing to who reads a log.</summary>
    private const int AheadSize = 1024 * 1024;

    /// <summary>Before each page in the log. Bytes 4 to 7 are zero but on the last page of a transaction.</summary>
    private const int FrameHeaderSize = 24;

    private static readonly SqliteVfs* System = Find(null);
    private static readonly byte* Zeros = (byte*)NativeMemory.AllocZeroed(BufferSize);
    private static readonly SqliteFileMethods* Methods = MethodsOfLog();
    private static readonly bool IsRegistered = Register();

    /// <summary>The same database by way of this file system, unless its connection string names one.</summary>
    public static string For(string connectionString)
    {
        var builder = new SqliteConnectionStringBuilder(connectionString);
        if (IsRegistered && string.IsNullOrEmpty(builder.Vfs))
        {
            builder.Vfs = Name;
        }

        return builder.ConnectionString;
    }

    private static SqliteFileMethods* MethodsOfLog()
    {
        var methods = (SqliteFileMethods*)NativeMemory.AllocZeroed((nuint)sizeof(SqliteFileMethods));
        methods->Version = 1;
        methods->Close = &Close;
        methods->Read = &Read;
        methods->Write = &Write;
        methods->Truncate = &Truncate;
        methods->Sync = &Sync;
        methods->FileSize = &FileSize;
        methods->Lock = &Lock;
        methods->Unlock = &Unlock;
        methods->CheckReservedLock = &CheckReservedLock;
        methods->FileControl = &FileControl;
        methods->SectorSize = &SectorSize;
        methods->DeviceCharacteristics = &DeviceCharacteristics;
        return methods;
    }

    /// <summary>Makes it known to SQLite; the process keeps it for good. False where the system's is of a kind that is not known here.</summary>
    private static bool Register()
    {
        if (System == null || System->Version != 3)
        {
            return false;
        }

        // What is not of open files is the system's: its functions look at nothing of the VFS but what is copied with them.
        var vfs = (SqliteVfs*)NativeMemory.Alloc((nuint)sizeof(SqliteVfs));
        *vfs = *System;
        vfs->Next = null;
        vfs->Name = (byte*)Marshal.StringToCoTaskMemUTF8(Name);
        vfs->FileSize = sizeof(LogFile) + System->FileSize + BufferSize;
        vfs->Open = &Open;
        return Register(vfs, makeDefault: 0) == Ok;
    }

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_find")]
    private static partial SqliteVfs* Find(byte* name);

    [LibraryImport(Library, EntryPoint = "sqlite3_vfs_register")]
    private static partial int Register(SqliteVfs* vfs, int makeDefault);

    private static SqliteFile* FileOf(LogFile* log) => (SqliteFile*)(log + 1);

    private static SqliteFile* FileOf(SqliteFile* log) => FileOf((LogFile*)log);

    private static byte* BufferOf(LogFile* log) => (byte*)(log + 1) + System->FileSize;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(SqliteVfs* vfs, byte* name, SqliteFile* file, int flags, int* outFlags)
    {
        if ((flags & OpenWal) == 0)
        {
            return System->Open(System, name, file, flags, outFlags);
        }

        var log = (LogFile*)file;
        *log = default;
        FileOf(log)->Methods = null;
        var result = System->Open(System, name, FileOf(log), flags, outFlags);
        if (FileOf(log)->Methods != null)
        {
            log->Methods = Methods;
        }

        return result;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(SqliteFile* file)
    {
        // What waits is of a transaction that was never committed; SQLite would look for no error here.
        _ = WriteOut((LogFile*)file);
        return FileOf(file)->Methods->Close(FileOf(file));
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Read(SqliteFile* file, byte* into, int count, long offset)
    {
        var log = (LogFile*)file;
        var isWaiting = offset < log->Start + log->Count && log->Start < offset + count;
        var result = isWaiting ? WriteOut(log) : Ok;
        return result != Ok ? result : FileOf(log)->Methods->Read(FileOf(log), into, count, offset);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Write(SqliteFile* file, byte* bytes, int count, long offset)
    {
        var log = (LogFile*)file;
        if (offset != log->Start + log->Count || log->Count + count > BufferSize)
        {
            if (WriteOut(log) is not Ok and var failure)
            {
                return failure;
            }

            log->Start = offset;
        }

        if (count > BufferSize)
        {
            return FileOf(log)->Methods->Write(FileOf(log), bytes, count, offset);
        }

        new ReadOnlySpan<byte>(bytes, count).CopyTo(new Span<byte>(BufferOf(log) + log->Count, count));
        log->Count += count;
        if (count == FrameHeaderSize)
        {
            log->Commits = BinaryPrimitives.ReadUInt32BigEndian(new ReadOnlySpan<byte>(bytes + 4, 4)) != 0 ? 1 : 0;
            return Ok;
        }

        // Once SQLite has written the last page of a transaction, other connections are free to read it.
        return log->Commits == 1 ? WriteOut(log) : Ok;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Truncate(SqliteFile* file, long size) =>
        WriteOut((LogFile*)file) is not Ok and var failure ? failure : FileOf(file)->Methods->Truncate(FileOf(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Sync(SqliteFile* file, int flags) =>
        WriteOut((LogFile*)file) is not Ok and var failure ? failure : FileOf(file)->Methods->Sync(FileOf(file), flags);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileSize(SqliteFile* file, long* size) =>
        WriteOut((LogFile*)file) is not Ok and var failure ? failure : FileOf(file)->Methods->FileSize(FileOf(file), size);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Lock(SqliteFile* file, int level) => FileOf(file)->Methods->Lock(FileOf(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Unlock(SqliteFile* file, int level) => FileOf(file)->Methods->Unlock(FileOf(file), level);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int CheckReservedLock(SqliteFile* file, int* isReserved) => FileOf(file)->Methods->CheckReservedLock(FileOf(file), isReserved);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int FileControl(SqliteFile* file, int operation, void* argument) => FileOf(file)->Methods->FileControl(FileOf(file), operation, argument);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int SectorSize(SqliteFile* file) => FileOf(file)->Methods->SectorSize(FileOf(file));

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int DeviceCharacteristics(SqliteFile* file) => FileOf(file)->Methods->DeviceCharacteristics(FileOf(file));

    /// <summary>Gives the file what waits. What it does not take is dropped: the transaction fails, and SQLite writes that place anew.</summary>
    private static int WriteOut(LogFile* log)
    {
        var (start, count) = (log->Start, log->Count);
        if (count == 0)
        {
            return Ok;
        }

        log->Start += count;
        log->Count = 0;
        if (FileOf(log)->Methods->Write(FileOf(log), BufferOf(log), count, start) is not Ok and var failure)
        {
            return failure;
        }

        GrowAhead(log, isNewLog: start == 0);
        return Ok;
    }

    /// <summary>Sees to it that the next writes lie inside the file. If there is no room for that, the file is as long as what is in it.</summary>
    private static void GrowAhead(LogFile* log, bool isNewLog)
    {
        var file = FileOf(log);
        if (isNewLog)
        {
            // Others may have cut the file since, or may have been here before.
            long size;
            log->FileSize = file->Methods->FileSize(file, &size) == Ok ? size : long.MaxValue;
        }

        if (log->Start <= log->FileSize)
        {
            return;
        }

        log->FileSize = log->Start + AheadSize;
        for (var offset = log->Start; offset < log->FileSize; offset += BufferSize)
        {
            if (file->Methods->Write(file, Zeros, BufferSize, offset) != Ok)
            {
                _ = file->Methods->Truncate(file, log->Start);
                log->FileSize = long.MaxValue;
                return;
            }
        }
    }
}

using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using WebChat.Actors.Persistence;
using WebChat.Actors.Persistence.Schema;

namespace WebChat.Edge.Commands;

/// <summary>Tells an operator in one line why the program ends and what to do.</summary>
public static class FailureLine
{
    // Result codes of SQLite.
    private const int Busy = 5;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>The line. Invalid settings have one line each.</summary>
    public static string Of(Exception failure) => failure switch
    {
        OptionsValidationException wrong => string.Join(Environment.NewLine, wrong.Failures),
        SqliteException unusable => $"The SQLite database cannot be used: {Line(unusable)} {AdviceOn(unusable)}",
        DbException unusable => $"The database cannot be used: {Line(unusable)} Check WebChat:ConnectionString and whether PostgreSQL is running.",
        UnauthorizedAccessException => $"{Line(failure)} Give this user access to it.",
        IOException { InnerException: AddressInUseException } => $"{Line(failure)} Stop the program that uses it, or set another address in Kestrel:Endpoints.",
        CommandException or SchemaException or DataDirectoryException => failure.Message,
        _ => $"{Line(failure)} Run with --verbose to see the trace.",
    };

    private static string AdviceOn(SqliteException unusable) => unusable.SqliteErrorCode switch
    {
        Busy => "Stop the other program that has it open.",
        ReadOnly or CannotOpen => "Give this user the right to write to the file and its directory.",
        Corrupt or NotADatabase => "Restore a backup with `restore FILE`.",
        // A full disk is also reported as an I/O error.
        Full or IoError => "Check that the disk works and has free space.",
        _ => "Check WebChat:DataDirectory and WebChat:ConnectionString.",
    };

    private static string Line(Exception failure)
    {
        var line = failure.Message.ReplaceLineEndings(" ").Trim();
        return line.EndsWith('.') ? line : $"{line}.";
    }
}

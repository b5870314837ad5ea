namespace Akka.Event;

/// <summary>The usual ways to log. Arguments are put into the template only when a logger reads it, and not at all where the level is not heard.</summary>
public static class LoggingExtensions
{

    /// <summary>Logs what helps whoever looks for a fault.</summary>
    public static void Debug(this ILoggingAdapter log, string format) => log.Log(LogLevel.DebugLevel, null, format);

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with <paramref name="args"/>.</summary>
    public static void Debug(this ILoggingAdapter log, string format, object[] args) => Fill(log, LogLevel.DebugLevel, null, format, args);

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the argument.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!]);
    }

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what helps whoever looks for a fault; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it.</summary>
    public static void Debug(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.DebugLevel, cause, format);

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with <paramref name="args"/>.</summary>
    public static void Debug(this ILoggingAdapter log, Exception? cause, string format, object[] args) => Fill(log, LogLevel.DebugLevel, cause, format, args);

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the argument.</summary>
    public static void Debug<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what helps whoever looks for a fault, and what caused it; the template is filled in with the arguments.</summary>
    public static void Debug<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsDebugEnabled) Fill(log, LogLevel.DebugLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is worth knowing.</summary>
    public static void Info(this ILoggingAdapter log, string format) => log.Log(LogLevel.InfoLevel, null, format);

    /// <summary>Logs what is worth knowing; the template is filled in with <paramref name="args"/>.</summary>
    public static void Info(this ILoggingAdapter log, string format, object[] args) => Fill(log, LogLevel.InfoLevel, null, format, args);

    /// <summary>Logs what is worth knowing; the template is filled in with the argument.</summary>
    public static void Info<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!]);
    }

    /// <summary>Logs what is worth knowing; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is worth knowing; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is worth knowing; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is worth knowing; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is worth knowing; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it.</summary>
    public static void Info(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.InfoLevel, cause, format);

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with <paramref name="args"/>.</summary>
    public static void Info(this ILoggingAdapter log, Exception? cause, string format, object[] args) => Fill(log, LogLevel.InfoLevel, cause, format, args);

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the argument.</summary>
    public static void Info<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is worth knowing, and what caused it; the template is filled in with the arguments.</summary>
    public static void Info<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsInfoEnabled) Fill(log, LogLevel.InfoLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is not as it should be.</summary>
    public static void Warning(this ILoggingAdapter log, string format) => log.Log(LogLevel.WarningLevel, null, format);

    /// <summary>Logs what is not as it should be; the template is filled in with <paramref name="args"/>.</summary>
    public static void Warning(this ILoggingAdapter log, string format, object[] args) => Fill(log, LogLevel.WarningLevel, null, format, args);

    /// <summary>Logs what is not as it should be; the template is filled in with the argument.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!]);
    }

    /// <summary>Logs what is not as it should be; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is not as it should be; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is not as it should be; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is not as it should be; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is not as it should be; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it.</summary>
    public static void Warning(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.WarningLevel, cause, format);

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with <paramref name="args"/>.</summary>
    public static void Warning(this ILoggingAdapter log, Exception? cause, string format, object[] args) => Fill(log, LogLevel.WarningLevel, cause, format, args);

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the argument.</summary>
    public static void Warning<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is not as it should be, and what caused it; the template is filled in with the arguments.</summary>
    public static void Warning<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsWarningEnabled) Fill(log, LogLevel.WarningLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is wrong.</summary>
    public static void Error(this ILoggingAdapter log, string format) => log.Log(LogLevel.ErrorLevel, null, format);

    /// <summary>Logs what is wrong; the template is filled in with <paramref name="args"/>.</summary>
    public static void Error(this ILoggingAdapter log, string format, object[] args) => Fill(log, LogLevel.ErrorLevel, null, format, args);

    /// <summary>Logs what is wrong; the template is filled in with the argument.</summary>
    public static void Error<T1>(this ILoggingAdapter log, string format, T1 arg1)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!]);
    }

    /// <summary>Logs what is wrong; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is wrong; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is wrong; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is wrong; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4, T5>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is wrong; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, null, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs what is wrong, and what caused it.</summary>
    public static void Error(this ILoggingAdapter log, Exception? cause, string format) => log.Log(LogLevel.ErrorLevel, cause, format);

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with <paramref name="args"/>.</summary>
    public static void Error(this ILoggingAdapter log, Exception? cause, string format, object[] args) => Fill(log, LogLevel.ErrorLevel, cause, format, args);

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the argument.</summary>
    public static void Error<T1>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!]);
    }

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!, arg2!]);
    }

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!, arg2!, arg3!]);
    }

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!, arg2!, arg3!, arg4!]);
    }

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4, T5>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!]);
    }

    /// <summary>Logs what is wrong, and what caused it; the template is filled in with the arguments.</summary>
    public static void Error<T1, T2, T3, T4, T5, T6>(this ILoggingAdapter log, Exception? cause, string format, T1 arg1, T2 arg2, T3 arg3, T4 arg4, T5 arg5, T6 arg6)
    {
        if (log.IsErrorEnabled) Fill(log, LogLevel.ErrorLevel, cause, format, [arg1!, arg2!, arg3!, arg4!, arg5!, arg6!]);
    }

    /// <summary>Logs at a level.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format) => log.Log(level, null, format);

    /// <summary>Logs at a level; the template is filled in with <paramref name="args"/>.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, string format, object[] args) => Fill(log, level, null, format, args);

    /// <summary>Logs at a level, with what caused it; the template is filled in with <paramref name="args"/>.</summary>
    public static void Log(this ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args) => Fill(log, level, cause, format, args);

    private static void Fill(ILoggingAdapter log, LogLevel level, Exception? cause, string format, object[] args)
    {
        if (log.IsEnabled(level)) log.Log(level, cause, new FilledLogMessage(log.Formatter, format, args));
    }
}

using System.Globalization;

namespace Scoring.Programmes;

/// <summary>
/// A clock that shows the instant in a file, in RFC 3339. It is for development alone, to replay a city's past day by day. It never goes
/// back: an earlier instant, or an unreadable file, changes nothing. Before the first instant it shows the machine's time. A new instant is
/// seen by the next call, so a client that has written it may send events of that instant at once.
/// </summary>
public sealed class FileClock(string path, TimeProvider machine) : TimeProvider
{
    private readonly Lock _gate = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private DateTime _writtenAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            ReadFile();
            return _now == DateTimeOffset.MinValue ? machine.GetUtcNow() : _now;
        }
    }

    private void ReadFile()
    {
        var writtenAt = File.GetLastWriteTimeUtc(path);
        if (writtenAt == _writtenAt) return;
        try
        {
            var instant = DateTimeOffset.ParseExact(
                File.ReadAllText(path).Trim(), ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            _writtenAt = writtenAt;
            if (instant > _now) _now = instant.ToUniversalTime();
        }
        catch (Exception exception) when (exception is IOException or FormatException or UnauthorizedAccessException)
        {
            // The file is just being written. The next call reads it again.
        }
    }
}

using System.Globalization;

namespace Scoring.Programmes;

/// <summary>
/// A clock that shows the instant in a file, in RFC 3339. It is for development alone, to replay a city's past day by day. It never goes
/// back: an earlier instant, or an unreadable file, changes nothing. Before the first instant it shows the machine's time.
/// </summary>
public sealed class FileClock(string path, TimeProvider machine) : TimeProvider
{
    /// <summary>Milliseconds within which a new instant is read.</summary>
    public const int NoticeMs = 50;

    private readonly Lock _gate = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private DateTime _writtenAt;
    private long _checkedAt;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            if (_checkedAt == 0 || machine.GetElapsedTime(_checkedAt) >= TimeSpan.FromMilliseconds(NoticeMs))
            {
                _checkedAt = machine.GetTimestamp();
                ReadFile();
            }
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

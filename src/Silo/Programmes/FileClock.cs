using System.Globalization;

namespace Scoring.Programmes;

/// <summary>
/// A clock that stands where a file says: one instant in RFC 3339. For development alone, to live through a city's past day by day. It
/// never goes back: an earlier instant, or no instant at all, changes nothing. Until there is a first instant the machine's clock rules.
/// </summary>
public sealed class FileClock(string path, TimeProvider machine) : TimeProvider
{
    /// <summary>Milliseconds within which a new instant is noticed.</summary>
    public const int NoticeMs = 50;

    private readonly Lock _gate = new();
    private DateTimeOffset _now = DateTimeOffset.MinValue;
    private DateTime _written;
    private long _looked;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            if (_looked == 0 || machine.GetElapsedTime(_looked) >= TimeSpan.FromMilliseconds(NoticeMs))
            {
                _looked = machine.GetTimestamp();
                Look();
            }
            return _now == DateTimeOffset.MinValue ? machine.GetUtcNow() : _now;
        }
    }

    private void Look()
    {
        var written = File.GetLastWriteTimeUtc(path);
        if (written == _written) return;
        try
        {
            var told = DateTimeOffset.ParseExact(
                File.ReadAllText(path).Trim(), ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
                CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
            _written = written;
            if (told > _now) _now = told.ToUniversalTime();
        }
        catch (Exception exception) when (exception is IOException or FormatException or UnauthorizedAccessException)
        {
            // Read in the middle of being written; the next look is soon.
        }
    }
}

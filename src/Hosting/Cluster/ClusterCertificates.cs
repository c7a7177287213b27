using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Scoring.Cluster;

/// <summary>
/// Gives each new connection the certificate that is in the files now. A renewed certificate needs no restart: write it next to the old one
/// and rename it over. Files that cannot be used are reported, and the certificate before them stays in use.
/// </summary>
internal sealed partial class ClusterCertificates(IOptions<ClusterTlsOptions> options, ILogger<ClusterCertificates> log)
{
    private readonly Lock _lock = new();
    private ClusterCertificate? _current;
    private DateTime _writtenAt;

    /// <summary>Returns the certificate, after it has read the files again if one of them has changed.</summary>
    public ClusterCertificate Current()
    {
        lock (_lock)
        {
            var writtenAt = WrittenAt();
            if (_current is not null && writtenAt == _writtenAt) return _current;
            try
            {
                _current = ClusterCertificate.Read(options.Value);
                LogRead(log, _current.Own.NotAfter.ToUniversalTime());
            }
            catch (Exception exception) when (
                _current is not null && exception is IOException or CryptographicException or UnauthorizedAccessException)
            {
                LogUnreadable(log, exception.Message);
            }
            _writtenAt = writtenAt;
            return _current!;
        }
    }

    private DateTime WrittenAt() =>
        new[] { options.Value.Certificate, options.Value.Key, options.Value.PasswordFile, options.Value.Authority }
            .Where(file => file.Length > 0).Max(File.GetLastWriteTimeUtc);

    [LoggerMessage(2811, LogLevel.Information, "Connections of the cluster use a certificate that is valid until {NotAfter:u}")]
    private static partial void LogRead(ILogger logger, DateTime notAfter);

    [LoggerMessage(2812, LogLevel.Error, "The certificate of the cluster cannot be read again: {Reason} The one before stays in use")]
    private static partial void LogUnreadable(ILogger logger, string reason);
}

using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace Scoring.Cluster;

/// <summary>Refuses a start with a certificate that others would refuse, or without one where connections can leave the machine.</summary>
/// <param name="mayBePlain">Whether this process may do without TLS.</param>
/// <param name="purposes">What the certificate is used for.</param>
internal sealed class ClusterTlsCheck(bool mayBePlain, params string[] purposes) : IValidateOptions<ClusterTlsOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, ClusterTlsOptions options)
    {
        if (!options.IsSet())
            return mayBePlain ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(
                "Outside Development, silos that other machines can reach need mutual TLS. Set Cluster:Tls:Certificate and "
                + "Cluster:Tls:Authority, or set Cluster:Address to a loopback address when the whole cluster is on this machine.");
        if (options.Certificate.Length == 0 || options.Authority.Length == 0)
            return ValidateOptionsResult.Fail("Cluster:Tls needs both Certificate and Authority.");
        try
        {
            return ClusterCertificate.Read(options).Problem(options.Name, purposes) is { } problem
                ? ValidateOptionsResult.Fail($"Other silos would refuse the certificate of Cluster:Tls: {problem}")
                : ValidateOptionsResult.Success;
        }
        catch (Exception exception) when (exception is IOException or CryptographicException or UnauthorizedAccessException)
        {
            return ValidateOptionsResult.Fail($"The files of Cluster:Tls cannot be used: {exception.Message}");
        }
    }
}

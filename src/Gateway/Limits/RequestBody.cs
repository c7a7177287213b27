using System.Buffers;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Scoring.Limits;

/// <summary>A request's body in one piece, in borrowed memory that is wiped when given back.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] buffer;
    private int length;

    private RequestBody(int capacity) => buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes.</summary>
    public ReadOnlySpan<byte> Span => buffer.AsSpan(0, length);

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BadHttpRequestException">It is longer than <paramref name="bytesMax"/> (413) or does not arrive (408).</exception>
    public static async Task<RequestBody> Read(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        var body = new RequestBody((int)Math.Min(request.ContentLength ?? FirstBytes, bytesMax) + 1);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body.buffer.AsMemory(body.length), cancellationToken)) > 0)
            {
                body.length += read;
                if (body.length > bytesMax) throw TooLarge();
                if (body.length == body.buffer.Length) body.Grow();
            }

            return body;
        }
        catch (Exception exception)
        {
            body.Dispose();
            // Cut off by the request's own time: it is the sender that was too slow.
            if (exception is OperationCanceledException && IsOutOfTime(request.HttpContext))
                throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (buffer.Length > 0) ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = [];
        length = 0;
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);

    private static bool IsOutOfTime(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true;

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        buffer = larger;
    }
}

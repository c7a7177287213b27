using System.Buffers;
using Microsoft.AspNetCore.Http.Timeouts;

namespace Scoring.Limits;

/// <summary>A request's whole body in pooled memory, which is cleared when it is returned.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstBytes = 4096;

    private byte[] _buffer;
    private int _length;

    private RequestBody(int capacity) => _buffer = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>The bytes of the body.</summary>
    public ReadOnlySpan<byte> Span => _buffer.AsSpan(0, _length);

    /// <summary>Reads the whole body.</summary>
    /// <exception cref="BadHttpRequestException">
    /// The body is longer than <paramref name="bytesMax"/> (413) or does not arrive in time (408).
    /// </exception>
    public static async Task<RequestBody> Read(HttpRequest request, int bytesMax, CancellationToken cancellationToken)
    {
        var body = new RequestBody((int)Math.Min(request.ContentLength ?? FirstBytes, bytesMax) + 1);
        try
        {
            int read;
            while ((read = await request.Body.ReadAsync(body._buffer.AsMemory(body._length), cancellationToken)) > 0)
            {
                body._length += read;
                if (body._length > bytesMax) throw TooLarge();
                if (body._length == body._buffer.Length) body.Grow();
            }

            return body;
        }
        catch (Exception exception)
        {
            body.Dispose();
            // The request's timeout ended the reading, so the sender was too slow.
            if (exception is OperationCanceledException && IsTimedOut(request.HttpContext))
                throw new BadHttpRequestException("The body did not arrive in time.", StatusCodes.Status408RequestTimeout, exception);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_buffer.Length > 0) ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = [];
        _length = 0;
    }

    private static BadHttpRequestException TooLarge() => new("The body is too large.", StatusCodes.Status413PayloadTooLarge);

    private static bool IsTimedOut(HttpContext context) =>
        context.Features.Get<IHttpRequestTimeoutFeature>()?.RequestTimeoutToken.IsCancellationRequested == true;

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Span.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
        _buffer = larger;
    }
}
